import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Files;
import java.nio.file.Path;

/** One HiveMQ CE broker on a loopback port, with its data in a folder: TestBroker FOLDER PORT. */
public class TestBroker {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path configuration = Files.createDirectories(folder.resolve("conf"));
        String listener = "<tcp-listener><port>" + arguments[1] + "</port><bind-address>127.0.0.1</bind-address></tcp-listener>";
        Files.writeString(
            configuration.resolve("config.xml"),
            "<hivemq><listeners>" + listener + "</listeners>"
                + "<anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics></hivemq>");
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(configuration)
            .withDataFolder(Files.createDirectories(folder.resolve("data")))
            .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
            .withoutLoggingBootstrap()
            .build()
            .start()
            .join();
        System.out.println("the broker is ready");
        Thread.currentThread().join();
    }
}
