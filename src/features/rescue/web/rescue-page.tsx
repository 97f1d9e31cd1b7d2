import './rescue.css';
import { useAddress } from '../../../platform/web/address.ts';
import { CallList } from './call-list.tsx';
import { PlanView } from './plan-view.tsx';
import { StartView } from './start-view.tsx';

/** Who is out; the plan; the call list: the address says which. */
export function RescuePage() {
  const { search } = useAddress();
  if (search.id) return <CallList key={search.id} rescueId={search.id} />;
  if (search.physician) return <PlanView key={`${search.physician} ${search.absence}`} />;
  return <StartView />;
}
