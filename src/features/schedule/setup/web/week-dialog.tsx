import { Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { CallFailed } from '../../../../platform/web/call.ts';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { formatCount, formatDate } from '../../../../ui/format.ts';
import { parseDate } from '../../../../ui/parse.ts';
import { useToast } from '../../../../ui/toast.tsx';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import { replaceWeek } from '../api.ts';
import { ResourceRow } from '../schema.ts';
import type { HoursOf, SiteName } from './hours-page.tsx';
import { PeriodTable } from './period-table.tsx';
import { fromFault, linesOf, periodsOf, readLines, type WeekLine } from './week-rows.ts';
import { WeeksChoice } from './weeks-choice.tsx';

type Draft = { lines: WeekLine[]; from: string };
type WeekDialogProps = {
  hours: HoursOf;
  sites: readonly SiteName[];
  codes: readonly SlotCodeRow[];
  onClose: () => void;
};

/** The whole week from a day on. */
export function WeekDialog({ hours, sites, codes, onClose }: WeekDialogProps) {
  const { resource, weekly, today } = hours;
  const home = resource.siteId ?? sites[0]?.siteId ?? '';
  const now = { onDate: today, siteId: home, codes };
  const draft = useDraft<Draft>(`week ${resource.resourceId}`);
  const [{ lines, from }, setValues] = useState<Draft>(
    draft.initial ?? { lines: linesOf(weekly, now), from: today },
  );
  const version = useRef(resource.version);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; theirs: ResourceRow | null } | null>(null);
  const { mutateAsync: replace, isPending } = useWrite(replaceWeek, { touches: ['setup'] });
  const toast = useToast();
  const week = readLines(lines, codes);
  const badFrom = fromFault(from);

  const change = (next: Partial<Draft>) => {
    const values = { lines, from, ...next };
    setValues(values);
    draft.keep(values);
  };
  const setLine = (key: string, part: Partial<WeekLine>) =>
    change({ lines: lines.map((line) => (line.key === key ? { ...line, ...part } : line)) });
  const save = async () => {
    setTried(true);
    if (badFrom || Object.keys(week.faults).length > 0) return;
    try {
      const body = { version: version.current, from, rows: week.rows };
      const { outside } = await replace({ params: { resourceId: resource.resourceId }, body });
      draft.drop();
      onClose();
      const falls = outside.count === 1 ? 'now falls' : 'now fall';
      const left =
        outside.count === 0 ? '' : ` ${formatCount(outside.count, 'visit')} ${falls} outside them.`;
      toast.done(`The hours hold from ${formatDate(from)}.${left}`);
    } catch (error) {
      const theirs = error instanceof CallFailed ? ResourceRow.safeParse(error.detail.current) : null;
      const message = error instanceof Error ? error.message : 'This could not be saved. Please try again.';
      setRefusal({ message, theirs: theirs?.success ? theirs.data : null });
    }
  };
  const takeTheirs = () => {
    version.current = resource.version;
    draft.drop();
    setValues({ lines: linesOf(weekly, now), from: today });
    setRefusal(null);
  };
  const keepMine = () => {
    version.current = refusal?.theirs?.version ?? version.current;
    setRefusal(null);
    void save();
  };
  return (
    <Dialog
      opened
      size="large"
      title={`Weekly hours of ${resource.name}`}
      onClose={onClose}
      onSubmit={() => void save()}
      busy={isPending}
    >
      {refusal && (
        <div className="ui-form-error" role="alert">
          {refusal.message}
        </div>
      )}
      {refusal?.theirs && (
        <div className="set-stale">
          <h3>As it is now</h3>
          {periodsOf(weekly, today).map((period) => (
            <PeriodTable key={period.from} {...{ period, sites, codes, today }} />
          ))}
          <div className="set-row">
            <Button onClick={keepMine}>Save what I typed</Button>
            <Button onClick={takeTheirs}>Take what it is now</Button>
          </div>
        </div>
      )}
      <FromField
        from={from}
        today={today}
        onChange={(next) => change({ from: next })}
        fault={tried && badFrom}
      />
      <WeekLines
        {...{ lines, sites, setLine, today }}
        onLines={(next) => change({ lines: next })}
        faults={week.faults}
      />
    </Dialog>
  );
}

type FromFieldProps = {
  from: string;
  today: string;
  onChange: (from: string) => void;
  fault: string | false | null;
};

function FromField({ from, today, onChange, fault }: FromFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label="From"
      required
      maw={260}
      description="The hours before end the day before. Typed like 4/1 or +2w."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={fault}
      value={typed ?? (fromFault(from) ? from : formatDate(from))}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onChange(parseDate(text, { today }) ?? text);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

type WeekLinesProps = {
  lines: readonly WeekLine[];
  sites: readonly SiteName[];
  faults: Record<string, string>;
  today: string;
  setLine: (key: string, part: Partial<WeekLine>) => void;
  onLines: (lines: WeekLine[]) => void;
};

function WeekLines({ lines, sites, faults, today, setLine, onLines }: WeekLinesProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [differ, setDiffer] = useState(() => lines.some((line) => line.everyWeeks > 1));
  const added = useRef<string>(undefined);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (added.current) list.current?.querySelector<HTMLElement>(`[data-line="${added.current}"]`)?.focus();
    added.current = undefined;
  });
  const add = (after: WeekLine) => {
    const line = { ...after, key: `${after.weekday} ${crypto.randomUUID()}`, text: '' };
    added.current = line.key;
    onLines(lines.flatMap((one) => (one.key === after.key ? [one, line] : [one])));
  };
  const monday = lines.filter((line) => line.weekday === 1);
  const copyMonday = () =>
    onLines([
      ...[1, 2, 3, 4, 5].flatMap((weekday) =>
        monday.map((line) => ({ ...line, weekday, key: `${weekday} ${line.siteId} ${line.key}` })),
      ),
      ...lines.filter((line) => line.weekday > 5),
    ]);
  return (
    <div className="setup-week" ref={list}>
      {!differ && (
        <Button look="quiet" icon="repeat" onClick={() => setDiffer(true)}>
          Not every week the same: week A, week B
        </Button>
      )}
      {lines.map((line, index) => {
        const day = weekdayName(line.weekday);
        const first = lines[index - 1]?.weekday !== line.weekday;
        const fault = left.has(line.key) || line.text.length > 3 ? faults[line.key] : undefined;
        return (
          <div key={line.key}>
            <span>{first ? day : ''}</span>
            <input
              className="setup-span"
              data-line={line.key}
              data-autofocus={index === 0 || undefined}
              aria-label={`Hours on ${day}`}
              aria-invalid={fault !== undefined || undefined}
              aria-describedby={fault ? `fault ${line.key}` : undefined}
              placeholder="not there; type 8-12, 1-5"
              value={line.text}
              onChange={(event) => setLine(line.key, { text: event.currentTarget.value })}
              onBlur={() => setLeft((now) => new Set(now).add(line.key))}
            />
            <Select
              aria-label={`Site on ${day}`}
              data={sites.map((site) => ({ value: site.siteId, label: site.name }))}
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              value={line.siteId}
              onChange={(siteId) => siteId && setLine(line.key, { siteId })}
            />
            <span className="set-buttons">
              <Button
                look="quiet"
                icon="plus"
                aria-label={`Another line on ${day}: another site, or other weeks`}
                onClick={() => add(line)}
              />
              {line.weekday === 1 && first && (
                <Button look="quiet" onClick={copyMonday}>
                  Same to Friday
                </Button>
              )}
            </span>
            {differ && (
              <WeeksChoice
                {...{ line, today }}
                label={`Weeks of ${day}`}
                onChange={(weeks) => setLine(line.key, weeks)}
              />
            )}
            {fault && (
              <span className="setup-fault" id={`fault ${line.key}`} role="alert">
                {fault}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
