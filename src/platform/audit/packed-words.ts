/**
 * Text that images often hold, what comes most often last: deflate then names it in two bytes. Old records are read
 * with the words they were packed with, so an entry is never changed; better words are a new entry behind.
 */
const first = [
  '"Divorced","Widowed","Separated","Never Married","relationship":"Daughter","relationship":"Son","relationship":"Sister"',
  '"deceased":false,"deceasedOn":null,"npi":"","organization":"","ownerRole":null,"ownerStaffId":null,"repeat":null,',
  '"state":"checked_out","state":"cancelled","state":"no_show","cancelReason":"patient","dueAt":"2027-","title":"',
  '"specialty":"","text":"","tone":"wait","version":1,"workPhone"',
  '[null,{"arrivedAt":"2026-1","cancelReason":null,"cancelText":"","cancelledAt":null,"checkedOutAt":"2026-1',
  '"confirmedAt":"2026-1","endsAt":"2026-1","inRoomAt":"2026-1","note":"","overrideReason":null,"state":"booked",',
  '"withPhysicianAt":"2026-1',
  '[null,{"addresses":[],"bornOn":"20","contacts":[],"email":"","familyName":"","formerNames":["',
  '[null,{"addresses":[{"city":" Springs","country":"US","kind":"home","line1":"1 Main St","line2":"","state":"NY",',
  '"zip":"1"}],"bornOn":"19","contacts":[{"kind":"emergency","name":"","note":"","phone":"+1","relationship":"Spouse"}],',
  '"email":"@example.org","familyName":"","formerNames":[],"genderIdentity":"","givenName":"","guarantor":null,',
  '"interpreterNeeded":false,"language":"es","maritalStatus":"Married","middleName":"","mrn":"10","note":"","phones":[',
  '{"kind":"mobile","mayLeaveVoicemail":true,"mayText":true,"note":"","number":"+1","preferred":true},',
  '{"kind":"home","mayLeaveVoicemail":true,"mayText":false,"note":"","number":"+1","preferred":false}],',
  '"preferredName":"","pronouns":"","sex":"female","suffix":""}]',
  '"interpreterNeeded":false,"language":"en","maritalStatus":"","middleName":"","mrn":"10","note":"","phones":[',
  '{"kind":"mobile","mayLeaveVoicemail":true,"mayText":true,"note":"","number":"+1","preferred":true}],',
  '"preferredName":"","pronouns":"","sex":"male","suffix":""}]',
  '[null,{"arrivedAt":null,"cancelReason":null,"cancelText":"","cancelledAt":null,"checkedOutAt":null,',
  '"confirmedAt":null,"endsAt":"2026-1:45:00.000Z","inRoomAt":null,"note":"","overrideReason":null,"patientId":"01a',
  '"physicianId":"01a","reason":"","resources":[{"endsAt":"2026-12-1T1:30:00.000Z","lane":0,"resourceId":"01a',
  '"startsAt":"2026-12-0T1:15:00.000Z"},{"endsAt":"2027-0T2:00:00.000Z","lane":0,"resourceId":"01a',
  '"startsAt":"2027-0T1:00:00.000Z"}],"siteId":"01a","startsAt":"2026-11-2T1:00:00.000Z","state":"booked",',
  '"visitTypeId":"01a","withPhysicianAt":null}]',
].join('');

export const packedWords: readonly Buffer[] = [Buffer.from(first)];
