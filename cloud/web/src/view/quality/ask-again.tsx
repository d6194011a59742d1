// What the gateway still holds and this cloud lost can be asked for.
import type { SensorAnswer } from '../../../../src/api/answer/answers.ts';
import { postAnswer } from '../../client/fetch-answer.ts';
import { useSession } from '../../client/use-session.ts';
import { formatCount } from '../../format/number.ts';
import { ActionButton } from '../action-button.tsx';

/** Nothing where nothing is on request, or for readers who may not ask. */
export function AskAgain({ sensor }: { readonly sensor: SensorAnswer }) {
  const { mayJudge } = useSession();
  const held = sensor.origins
    .flatMap(({ missing }) => missing)
    .filter(({ state }) => state === 'on request')
    .reduce((sum, { from, to }) => sum + to - from + 1, 0);
  if (held === 0 || !mayJudge) return null;
  const { site, sensor: name } = sensor;
  return (
    <p>
      The gateway holds {formatCount(held)} of them and counts them as delivered: it sends them when it is
      asked.{' '}
      <ActionButton
        label="Ask for them"
        act={async () => {
          await postAnswer('/api/v1/requests', { site, sensor: name });
          return 'Asked. They come as backlog.';
        }}
      />
    </p>
  );
}
