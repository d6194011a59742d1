// Why the log takes no batch just now, and what to do about it.
import { WellheadError } from '@wellhead/protocol';

export function fullError(): WellheadError {
  return new WellheadError(
    'LOG_WRITE',
    'the room for the log is used up by batches that are not stored yet',
    {
      hint: 'Look why the store is behind, or raise log.budget; gateways keep their readings until then.',
    },
  );
}

export function closedError(): WellheadError {
  return new WellheadError('LOG_WRITE', 'the log is closed already', {
    hint: 'The program is stopping; gateways keep their readings until it runs again.',
  });
}
