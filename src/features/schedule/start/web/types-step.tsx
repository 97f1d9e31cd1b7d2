import { z } from 'zod';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { CheckboxField, TextField } from '../../../../ui/fields.tsx';
import type { SetupSummary } from '../../setup/schema.ts';
import { startTypes } from '../api.ts';
import { type SpecialtyKey, templates } from '../rules.ts';
import { StartTypes } from '../schema.ts';
import { RowButtons, StepFrame, type StepProps } from './step-frame.tsx';
import { useStep } from './use-step.ts';

const Whole = z
  .string()
  .trim()
  .regex(/^\d{1,3}$/, 'Type minutes, like 20.')
  .transform(Number);
const one = StartTypes.shape.types.element;
const Row = z.object({
  on: z.boolean(),
  name: one.shape.name,
  code: one.shape.code,
  minutes: Whole.pipe(one.shape.minutes),
  bufferAfterMinutes: Whole.pipe(one.shape.bufferAfterMinutes),
  room: z.boolean(),
});
const schema = z
  .object({
    // What is not ticked is not looked at.
    types: z.array(z.union([z.object({ on: z.literal(false) }).transform(() => null), Row])),
  })
  .transform(({ types }) => ({
    types: types.flatMap((row) => {
      if (row === null) return [];
      const { on: _, ...kept } = row;
      return [kept];
    }),
  }))
  .pipe(StartTypes);

type TypeValues = {
  on: boolean;
  name: string;
  code: string;
  minutes: string;
  bufferAfterMinutes: string;
  room: boolean;
};

function proposed(specialty: SpecialtyKey, setup: SetupSummary): TypeValues[] {
  const taken = new Set(setup.visitTypes.map((type) => type.code));
  return templates[specialty].types
    .filter((type) => !taken.has(type.code))
    .map((type) => ({
      on: setup.visitTypes.length === 0,
      name: type.name,
      code: type.code,
      minutes: String(type.minutes),
      bufferAfterMinutes: String(type.after),
      room: type.room && setup.rooms.length > 0,
    }));
}

export function TypesStep(props: StepProps & { setup: SetupSummary; specialty: SpecialtyKey }) {
  const { setup, specialty, ...step } = props;
  const { mutateAsync } = useWrite(startTypes, { touches: ['setup'] });
  const form = useStep(step, {
    initial: { types: proposed(specialty, setup) },
    schema,
    save: (body) => mutateAsync({ body }),
  });
  const { types } = form.values;
  const empty: TypeValues = {
    ...{ on: true, name: '', code: '', minutes: '15', bufferAfterMinutes: '0', room: setup.rooms.length > 0 },
  };
  return (
    <StepFrame
      {...step}
      form={form}
      known={setup.visitTypes.map((type) => type.name)}
      text="What people come for, and how long it takes. The code is what you type in the line: “smith fu 3m”. Untick what you do not do."
    >
      <div className="start-types">
        {types.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name before they are typed
          <fieldset key={at} className="start-type" data-off={!row.on || undefined}>
            <legend className="ui-unseen">{row.name || 'Another visit type'}</legend>
            <CheckboxField form={form} path={`types.${at}.on`} label="Use" />
            <TextField form={form} path={`types.${at}.name`} label="Name" />
            <TextField form={form} path={`types.${at}.code`} label="Code" maxLength={8} />
            <TextField form={form} path={`types.${at}.minutes`} label="Minutes" inputMode="numeric" />
            <TextField
              form={form}
              path={`types.${at}.bufferAfterMinutes`}
              label="Then free"
              inputMode="numeric"
            />
            <CheckboxField form={form} path={`types.${at}.room`} label="Room" />
          </fieldset>
        ))}
      </div>
      <RowButtons what="visit type" onAdd={() => form.setAll({ types: [...types, empty] })} />
    </StepFrame>
  );
}
