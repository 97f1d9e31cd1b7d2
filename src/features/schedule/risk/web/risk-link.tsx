import { useAddress } from '../../../../platform/web/address.ts';

/** To the page that shows what the marks rest on. */
export function RiskLink({ children }: { children: string }) {
  const { go } = useAddress();
  return (
    <a
      className="rk-link"
      href="/schedule/risk"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go('/schedule/risk');
      }}
    >
      {children}
    </a>
  );
}
