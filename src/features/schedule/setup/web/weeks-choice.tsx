import { Select } from '@mantine/core';
import { alternateWords, type WeekLine, weeksOf, withWeeksOf } from './week-rows.ts';

type WeeksChoiceProps = {
  line: WeekLine;
  /** "Weeks of Monday" */
  label: string;
  today: string;
  onChange: (part: Pick<WeekLine, 'everyWeeks' | 'weekOf'>) => void;
};

/** In which weeks the hours of a line hold: in all of them, or in every other from this or the next on. */
export function WeeksChoice({ line, label, today, onChange }: WeeksChoiceProps) {
  const weeks = weeksOf(line, today);
  const own = weeks === 'own' ? [{ value: 'own', label: alternateWords(line, today) }] : [];
  return (
    <Select
      aria-label={label}
      className="setup-weeks"
      data={[
        { value: 'all', label: 'every week' },
        { value: 'this', label: 'week A: this one and every other' },
        { value: 'next', label: 'week B: the next one and every other' },
        ...own,
      ]}
      allowDeselect={false}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      value={weeks}
      onChange={(value) => {
        if (value === 'all' || value === 'this' || value === 'next') onChange(withWeeksOf(value, today));
      }}
    />
  );
}
