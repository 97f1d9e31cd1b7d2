import { Select } from '@mantine/core';
import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { Button } from '../../../../ui/button.tsx';
import type { Form } from '../../../../ui/use-form.ts';
import { weekLetter } from '../rules.ts';
import { copyToFriday, copyWeek, type TemplateLine, type TemplateValues } from './template-form.ts';

type Sites = readonly { siteId: string; name: string }[];
type TemplateLinesProps = { form: Form<TemplateValues>; sites: Sites };

/** Every day of every week as a line of hours; a day goes to others, and a week to another, with one button. */
export function TemplateLines({ form, sites }: TemplateLinesProps) {
  const { lines } = form.values;
  const weeks = Number(form.values.weeks);
  return Array.from({ length: weeks }, (_, index) => index + 1).map((week) => (
    <fieldset key={week} className="wide tpl-week">
      <legend className="ui-field-label">{weeks > 1 ? `Week ${weekLetter(week)}` : 'Hours'}</legend>
      {week > 1 && (
        <Button look="quiet" onClick={() => form.set('lines', copyWeek(lines, week))}>
          Same as week A
        </Button>
      )}
      <div className="setup-week">
        {lines.map((line, at) => {
          if (line.week !== week) return null;
          const isFirst = lines[at - 1]?.week !== week || lines[at - 1]?.weekday !== line.weekday;
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          return <Line key={at} {...{ form, sites, line, at, isFirst, weeks }} />;
        })}
      </div>
    </fieldset>
  ));
}

type LineProps = TemplateLinesProps & { line: TemplateLine; at: number; isFirst: boolean; weeks: number };

function Line({ form, sites, line, at, isFirst, weeks }: LineProps) {
  const { lines } = form.values;
  const day = weekdayName(line.weekday);
  const whole = weeks > 1 ? `${day} of week ${weekLetter(line.week)}` : day;
  const path = `lines.${at}.text`;
  const fault = form.error(path);
  const anotherSite = () =>
    form.set('lines', [...lines.slice(0, at + 1), { ...line, text: '' }, ...lines.slice(at + 1)]);
  return (
    <div>
      <span>{isFirst ? day : ''}</span>
      <input
        className="setup-span"
        data-form={form.id}
        data-path={path}
        aria-label={`Hours on ${whole}`}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={fault ? `fault ${path}` : undefined}
        placeholder="not there; type 8-9 NP, 9-12, 1-5"
        value={line.text}
        onChange={(event) => form.set(path, event.currentTarget.value)}
        onBlur={() => line.text !== '' && form.touch(path)}
      />
      <Select
        aria-label={`Site on ${whole}`}
        data={sites.map((site) => ({ value: site.siteId, label: site.name }))}
        allowDeselect={false}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        value={line.siteId}
        onChange={(siteId) => siteId && form.set(`lines.${at}.siteId`, siteId)}
      />
      <span className="set-buttons">
        {sites.length > 1 && (
          <Button look="quiet" icon="plus" aria-label={`Another site on ${whole}`} onClick={anotherSite} />
        )}
        {isFirst && line.weekday < 5 && (
          <Button
            look="quiet"
            aria-label={`Copy ${whole} to Friday`}
            onClick={() => form.set('lines', copyToFriday(lines, line))}
          >
            To Friday
          </Button>
        )}
      </span>
      {fault && (
        <span className="setup-fault" id={`fault ${path}`} role="alert">
          {fault}
        </span>
      )}
    </div>
  );
}
