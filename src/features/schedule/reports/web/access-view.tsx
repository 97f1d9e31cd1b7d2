import { z } from 'zod';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { SelectField } from '../../../../ui/fields.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { useSetup } from '../../web/use-setup.ts';
import { reportThirdNext } from '../api.ts';
import type { ThirdNextRow } from '../schema.ts';
import { SaveCsv } from './figures.tsx';

type Props = { typeId: string | undefined; onType: (typeId: string) => void };

/** How many days until each physician has a third appointment to give out, for one kind of visit. */
export function AccessView({ typeId, onType }: Props) {
  const { setup, ready, error } = useSetup();
  const chosen = setup.visitTypes.find((one) => one.visitTypeId === typeId) ?? setup.visitTypes[0];
  if (error && !ready) return <Failure message={error.message} />;
  if (!ready) return <Skeleton rows={6} label="Looking up the visit types" />;
  if (!chosen)
    return (
      <Empty
        title="No visit types yet"
        text="Set up visit types in Settings: then openings can be counted."
      />
    );
  return <Chosen key={chosen.visitTypeId} {...{ chosen, onType }} types={setup.visitTypes} />;
}

type Type = { visitTypeId: string; name: string };

function Chosen(props: { chosen: Type; types: readonly Type[]; onType: (typeId: string) => void }) {
  const { chosen, types, onType } = props;
  const form = useForm({
    initial: { type: chosen.visitTypeId },
    schema: z.object({ type: z.string() }),
    onSubmit: ({ type }) => onType(type),
  });
  const choices = types.map((one) => ({ value: one.visitTypeId, label: one.name }));
  return (
    <section>
      <div className="rp-range">
        <SelectField form={form} path="type" label="Visit type" {...{ choices }} onChosen={onType} />
      </div>
      <ThirdNext visitTypeId={chosen.visitTypeId} name={chosen.name} />
    </section>
  );
}

function ThirdNext({ visitTypeId, name }: { visitTypeId: string; name: string }) {
  const topics = ['visits', 'setup'];
  const { data, error, refetch } = useRead(reportThirdNext, { query: { visitTypeId } }, { topics });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={6} label="Looking for openings" />;
  if (data.rows.length === 0)
    return <Empty title="Nobody does such visits" text="Say at the visit type which physicians do." />;
  const lines = () => [
    ['Physician', 'First', 'Third', 'Days'],
    ...data.rows.map((row) => [row.physicianName, row.firstAt ?? '', row.thirdAt ?? '', row.days ?? '']),
  ];
  return (
    <>
      <div className="rp-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Physician</th>
              <th scope="col">Days until the third</th>
              <th scope="col">First</th>
              <th scope="col">Third</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.physicianId}>
                <th scope="row">{row.physicianName}</th>
                <td className="ui-num">{row.days ?? `more than ${data.lookedDays}`}</td>
                <td>{momentOf(row, row.firstAt)}</td>
                <td>{momentOf(row, row.thirdAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="rp-note">As of now, for one {name} visit; openings that overlap count once.</p>
      <SaveCsv name={`third next ${name}`} lines={lines} />
    </>
  );
}

const momentOf = ({ timeZone }: ThirdNextRow, at: string | null) => (at ? formatDayTime(at, timeZone) : '–');
