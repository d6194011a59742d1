import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.elasticsearch.bootstrap.BootstrapInfo;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Runs one Elasticsearch node inside this process until it is killed: the published server has no start script.
 * Arguments: settings as key=value; path.home is the folder with config/ and modules/.
 */
public final class TestNode {
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings =
        Stream.of(arguments)
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    Path config = Path.of(settings.get("path.home"), "config");
    LogConfigurator.registerErrorListener();
    BootstrapInfo.init();
    LogConfigurator.configureESLogging();
    var environment =
        InternalSettingsPreparer.prepareEnvironment(Settings.EMPTY, settings, config, () -> "test");
    LogConfigurator.configure(environment, true);
    var modules = PluginsLoader.loadModulesBundles(environment.modulesDir());
    var plugins = PluginsLoader.loadPluginsBundles(environment.pluginsDir());
    Node node = new Node(environment, PluginsLoader.createPluginsLoader(modules, plugins, Map.of()));
    node.start();
    new CountDownLatch(1).await();
  }
}
