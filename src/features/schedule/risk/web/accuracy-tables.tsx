import { percent, SaveCsv, Share } from '../../reports/web/figures.tsx';
import type { HeldOut, RiskReport } from '../schema.ts';

const tenthLabel = (at: number) =>
  at === 0
    ? 'The likeliest tenth'
    : at === 9
      ? 'The least likely tenth'
      : `${at + 1}th`.replace('2th', '2nd').replace('3th', '3rd');

/** What was expected of each tenth of the visits, and what became of them. */
export function TenthsTable({ heldOut: { from, to, tenths } }: { heldOut: HeldOut }) {
  const most = Math.max(...tenths.map((one) => (one.visits > 0 ? one.missed / one.visits : 0)));
  const lines = () => [
    ['Tenth', 'Visits', 'Expected to be missed', 'Missed', 'Expected, share', 'Missed, share'],
    ...tenths.map(({ visits, expected, missed }, at) => [
      ...[at + 1, visits, Number(expected.toFixed(2)), missed],
      ...(visits > 0 ? [expected / visits, missed / visits] : ['', '']),
    ]),
  ];
  return (
    <>
      <div className="rp-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Visits, the likeliest first</th>
              <th scope="col">Missed, share</th>
              <th scope="col">Expected, share</th>
              <th scope="col">Visits</th>
              <th scope="col">Missed</th>
              <th scope="col">Expected</th>
            </tr>
          </thead>
          <tbody>
            {tenths.map(({ visits, expected, missed }, at) => (
              <tr key={tenthLabel(at)}>
                <th scope="row">{tenthLabel(at)}</th>
                <td>
                  <Share rate={{ hits: missed, all: visits }} full={most} />
                </td>
                <td className="ui-num">{percent({ hits: expected, all: visits })}</td>
                <td className="ui-num">{visits}</td>
                <td className="ui-num">{missed}</td>
                <td className="ui-num">{expected.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SaveCsv name={`may be missed, tried on ${from} to ${to}`} lines={lines} />
    </>
  );
}

/** What each thing that is looked at counts, all else alike, and how visits with it went. */
export function CountsTable({ counts }: { counts: RiskReport['counts'] }) {
  const most = Math.max(...counts.map((one) => (one.visits > 0 ? one.missed / one.visits : 0)));
  const lines = () => [
    ['About', 'Which', 'Visits', 'Missed', 'Times the odds'],
    ...counts.map(({ about, label, visits, missed, odds }) => [
      about,
      label,
      visits,
      missed,
      Number(odds.toFixed(3)),
    ]),
  ];
  return (
    <>
      <div className="rp-table">
        <table>
          <thead>
            <tr>
              <th scope="col">About</th>
              <th scope="col" className="rp-left">
                Which
              </th>
              <th scope="col">Missed, share</th>
              <th scope="col">Visits</th>
              <th scope="col">Missed</th>
              <th scope="col">Times the odds, all else alike</th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ about, label, visits, missed, odds }, at) => (
              <tr key={`${about} ${label}`}>
                <th scope="row">
                  <span className={counts[at - 1]?.about === about ? 'ui-unseen' : undefined}>{about}</span>
                </th>
                <th scope="row">{label}</th>
                <td>
                  <Share rate={{ hits: missed, all: visits }} full={most} />
                </td>
                <td className="ui-num">{visits}</td>
                <td className="ui-num">{missed}</td>
                <td className="ui-num">{odds.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <SaveCsv name="may be missed, what counts" lines={lines} />
    </>
  );
}
