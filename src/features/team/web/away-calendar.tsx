import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDay, localDate } from '../../../ui/format.ts';
import { addDays } from '../../../ui/parse.ts';
import type { TeamMember } from '../api.ts';
import { absenceWords } from '../rules.ts';
import type { Absence } from '../schema.ts';

const shownDays = 28;

/** The Monday of a date's week. */
function mondayOf(date: string): string {
  return addDays(date, -((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7));
}

type Props = { members: readonly TeamMember[]; absences: readonly Absence[]; today: string };

/** Four weeks, a row for each colleague who is away in them: who is missing on which day at a glance. */
export function AwayCalendar({ members, absences, today }: Props) {
  const { timeZone } = useSession();
  const { search, path, go } = useAddress();
  const asked = search.from;
  const first = mondayOf(asked && /^\d{4}-\d\d-\d\d$/.test(asked) && asked >= today ? asked : today);
  const dates = Array.from({ length: shownDays }, (_, at) => addDays(first, at));
  const last = addDays(first, shownDays - 1);
  const dayOf = (absence: Absence) => ({
    from: localDate(absence.startsAt, timeZone),
    to: localDate(Date.parse(absence.endsAt) - 1, timeZone),
  });
  const rows = members
    .map((member) => ({
      member,
      away: absences.filter(
        (one) => one.staffId === member.staffId && dayOf(one).from <= last && dayOf(one).to >= first,
      ),
    }))
    .filter(({ away }) => away.length > 0);
  const turn = (by: number) => go(path, { ...search, from: addDays(first, by) }, { replace: true });
  return (
    <section className="team-section" aria-labelledby="team-calendar">
      <h2 id="team-calendar">
        {formatDay(first)} to {formatDay(last)}
        <Button
          look="quiet"
          aria-label="Four weeks earlier"
          disabledReason={first <= today && 'This is the present.'}
          onClick={() => turn(-shownDays)}
        >
          ‹
        </Button>
        <Button
          look="quiet"
          aria-label="Four weeks later"
          disabledReason={last > addDays(today, 64) && 'Three months are shown.'}
          onClick={() => turn(shownDays)}
        >
          ›
        </Button>
      </h2>
      {rows.length === 0 && <p className="ui-dim">Everyone is here in these four weeks.</p>}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys
        <section className="team-scroll" tabIndex={0} aria-label="Calendar of absences">
          <table className="team-calendar">
            <thead>
              <tr>
                <th scope="col">Who</th>
                {dates.map((date) => (
                  <th
                    key={date}
                    scope="col"
                    data-today={date === today || undefined}
                    data-weekend={isWeekend(date) || undefined}
                  >
                    <span className="ui-unseen">{formatDay(date)}</span>
                    <span aria-hidden="true">
                      {formatDay(date).charAt(0)}
                      <br />
                      {Number(date.slice(8))}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ member, away }) => (
                <tr key={member.staffId}>
                  <th scope="row">{member.displayName}</th>
                  {dates.map((date) => {
                    const one = away.find(
                      (absence) => dayOf(absence).from <= date && date <= dayOf(absence).to,
                    );
                    return (
                      <td key={date} data-away={one?.kind} data-weekend={isWeekend(date) || undefined}>
                        {one && (
                          <span title={absenceWords[one.kind]}>
                            {absenceWords[one.kind].charAt(0)}
                            <span className="ui-unseen">{absenceWords[one.kind].slice(1)}</span>
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay());
}
