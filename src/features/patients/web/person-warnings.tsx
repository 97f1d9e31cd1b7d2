import './patients.css';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Tag } from '../../../ui/tag.tsx';
import { openPatientCard } from '../api.ts';

/** What must be seen before someone books for a person or talks about them: grave alerts, custody, refusals. */
export function PersonWarnings({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { data, isPlaceholderData } = useRead(
    openPatientCard,
    { params: { id: patientId } },
    { topics: ['patients'], keys: [patientId], enabled: may('patients.open') },
  );
  const card = isPlaceholderData ? undefined : data?.card;
  const grave = card?.alerts.filter((alert) => alert.tone === 'wrong') ?? [];
  if (!card || grave.length + card.refusals.length === 0) return null;
  return (
    <span className="pt-card-alerts" role="status">
      {grave.map((alert) => (
        <Tag key={alert.alertId} tone="wrong">
          {alert.text}
        </Tag>
      ))}
      {card.refusals.map((words) => (
        <Tag key={words} tone="wrong" sign="⊘">
          {words}
        </Tag>
      ))}
    </span>
  );
}
