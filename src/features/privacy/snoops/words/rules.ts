export const formatFindings = (count: number) =>
  count === 1 ? 'The snooping report has a finding' : `The snooping report has ${count} findings`;
