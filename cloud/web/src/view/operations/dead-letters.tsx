// Messages that could not be taken, with why: nothing is dropped unseen.
import { postAnswer } from '../../client/fetch-answer.ts';
import { useAnswer } from '../../client/use-answer.ts';
import { useSession } from '../../client/use-session.ts';
import { formatCount } from '../../format/number.ts';
import { useTime } from '../../format/use-time.ts';
import { ActionButton } from '../action-button.tsx';

/** The newest; the API has them all, with what was in them. */
const shown = 20;
const everyMs = 30_000;

interface DeadLettersAnswer {
  readonly deadLetters: readonly {
    readonly id: string;
    readonly at: string;
    readonly topic: string;
    readonly reason: string;
    readonly detail: string;
    readonly size: number;
  }[];
  readonly total: number;
}

/** Nothing where this process keeps none, or for readers who may not see them. */
export function DeadLetters() {
  const formatTime = useTime();
  const { data, reload } = useAnswer<DeadLettersAnswer>(`/api/v1/dead-letters?limit=${shown}`, { everyMs });
  const { isAdmin: mayReplay } = useSession();
  if (data === undefined) return null;
  return (
    <section class="card gateways">
      <h2>Dead letters</h2>
      {data.deadLetters.length === 0 ? (
        <p class="muted">None: every message that came could be taken.</p>
      ) : (
        <>
          <p class="muted">
            {formatCount(data.total)} kept; the newest are listed. Mend what is named, then send them once
            more.
          </p>
          <table class="fleet">
            <thead>
              <tr>
                <th scope="col">Came</th>
                <th scope="col">Why it was not taken</th>
                <th scope="col">Topic</th>
                <th scope="col">Size</th>
                {mayReplay ? <th scope="col">Again</th> : null}
              </tr>
            </thead>
            <tbody>
              {data.deadLetters.map(({ id, at, topic, reason, detail, size }) => (
                <tr key={id}>
                  <th scope="row">{formatTime(Date.parse(at))}</th>
                  <td>
                    <b>{reason}</b> {detail}
                  </td>
                  <td class="long-word">{topic}</td>
                  <td class="nowrap">{formatCount(size)} bytes</td>
                  {mayReplay ? (
                    <td>
                      <ActionButton
                        label="Send again"
                        title={`Send again what came ${formatTime(Date.parse(at))} at ${topic}`}
                        act={async () => {
                          await postAnswer(`/api/v1/dead-letters/${encodeURIComponent(id)}/replay`, {});
                          reload();
                          return 'Taken.';
                        }}
                      />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
