import { Button } from '../../../../ui/button.tsx';
import { useToast } from '../../../../ui/toast.tsx';

/** Shown this once: to be printed, or kept where the phone is not. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const toast = useToast();
  const copy = () =>
    navigator.clipboard
      .writeText(codes.join('\n'))
      .then(() => toast.done('Copied. Keep them where others cannot read them.'))
      .catch(() => toast.refused('Your browser did not allow copying. Print the codes, or write them down.'));
  const print = () => {
    document.body.dataset.print = 'recovery-codes';
    window.print();
    delete document.body.dataset.print;
  };
  return (
    <section className="recovery-codes" aria-label="Recovery codes">
      <h3>Recovery codes</h3>
      <p>
        Each lets you in once when your phone or passkey is not at hand. They are shown only now: print them,
        and keep them apart from this computer.
      </p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="lock-actions">
        <Button look="go" onClick={onKept} autoFocus>
          I have kept them
        </Button>
        <Button onClick={print}>Print</Button>
        <Button onClick={() => void copy()}>Copy</Button>
      </div>
    </section>
  );
}
