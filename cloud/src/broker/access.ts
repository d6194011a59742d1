// Who may say and hear what at the cloud's broker.
import { createPasswordCheck, type Peer } from '@wellhead/host';
import { downKinds, isUpKind, parseTopic } from '@wellhead/protocol';

export interface Credential {
  readonly site: string;
  readonly gateway: string;
  readonly password: string;
}

export interface AccessRules {
  authenticate(username: string, password: string): boolean;
  mayPublish(peer: Peer, topic: string): boolean;
  maySubscribe(peer: Peer, topic: string): boolean;
}

/**
 * With credentials: a gateway logs in as `<site>/<gateway>` and speaks and hears only under its own address.
 * Without (only possible where nobody from outside can connect): those who name themselves are held to it,
 * and those who do not may do anything, as tools on the same machine.
 */
export function createAccessRules(credentials: readonly Credential[] | undefined): AccessRules {
  const mayLogIn = createPasswordCheck(
    (credentials ?? []).map(({ site, gateway, password }) => [`${site}/${gateway}`, password] as const),
  );
  const free = (peer: Peer) => credentials === undefined && peer.username === '';
  return {
    authenticate: (username, password) => credentials === undefined || mayLogIn(username, password),
    mayPublish(peer, topic) {
      if (free(peer)) return true;
      const parsed = parseTopic(topic);
      return (
        parsed !== undefined && isUpKind(parsed.kind) && peer.username === `${parsed.site}/${parsed.gateway}`
      );
    },
    maySubscribe(peer, topic) {
      if (free(peer)) return true;
      // A peer may have named itself +/+.
      if (/[+#]/.test(topic)) return false;
      return downKinds.some((kind) => topic === `wellhead/1/${peer.username}/${kind}`);
    },
  };
}
