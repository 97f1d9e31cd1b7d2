/** A hand-off that nobody has acknowledged so long is late. */
export const acknowledgeMinutes = 30;

type Ends = { fromStaffId: string; toStaffId: string | null; toRole: string | null };
type Me = { staffId: string | null; roles: readonly string[]; manages: boolean };

const isTo = (one: Ends, me: Me) =>
  one.toStaffId ? one.toStaffId === me.staffId : one.toRole !== null && me.roles.includes(one.toRole);

/** To me, to one of my roles, from me; a manager sees all. */
export function maySee(one: Ends, me: Me): boolean {
  return me.manages || one.fromStaffId === me.staffId || isTo(one, me);
}

/**
 * Whoever it was sent to; who covers for them (`standsIn`); a manager for whoever does not come. Never the sender: a
 * hand-off that nobody else has read is none.
 */
export function mayAcknowledge(one: Ends, me: Me, standsIn: boolean): boolean {
  return me.staffId !== null && one.fromStaffId !== me.staffId && (me.manages || standsIn || isTo(one, me));
}
