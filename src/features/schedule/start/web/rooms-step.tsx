import { z } from 'zod';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { TextField } from '../../../../ui/fields.tsx';
import type { SetupSummary } from '../../setup/schema.ts';
import { startRooms } from '../api.ts';
import { type SpecialtyKey, templates } from '../rules.ts';
import { StartRooms } from '../schema.ts';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { useStep } from './use-step.ts';

const Count = z
  .string()
  .trim()
  .regex(/^\d{1,2}$/, 'Type a number, like 3. None: 0.')
  .transform(Number);
const schema = z.object({
  rooms: z.array(StartRooms.shape.rooms.element.extend({ count: Count.pipe(z.number().max(40)) })),
});

export function RoomsStep(props: StepProps & { setup: SetupSummary; specialty: SpecialtyKey }) {
  const { setup, specialty, ...step } = props;
  const { mutateAsync } = useWrite(startRooms, { touches: ['setup'] });
  const proposed = setup.rooms.length > 0 ? '0' : String(templates[specialty].rooms);
  const form = useStep(step, {
    initial: { rooms: setup.sites.map((site) => ({ siteId: site.siteId, count: proposed })) },
    schema,
    save: (body) => mutateAsync({ body }),
  });
  return (
    <StepFrame
      {...step}
      form={form}
      known={setup.rooms.map((room) => room.name)}
      text="A visit that needs a room takes a free one by itself, so that no two stand before the same door. They are called Room 1, Room 2 …; rename them later under Settings."
    >
      {setup.sites.map((site, at) => (
        <div key={site.siteId} className="start-row">
          <TextField
            form={form}
            path={`rooms.${at}.count`}
            label={setup.sites.length > 1 ? `Rooms at ${site.name}` : 'Exam rooms'}
            inputMode="numeric"
            maxLength={2}
          />
        </div>
      ))}
    </StepFrame>
  );
}
