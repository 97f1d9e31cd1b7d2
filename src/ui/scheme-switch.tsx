import { Icon } from './icon.tsx';
import { useScheme } from './ui-provider.tsx';

/** Light or dark; until pressed, as the computer prefers. Made for the foot of the rail. */
export function SchemeSwitch() {
  const { shown, set } = useScheme();
  const other = shown === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className="ui-rail-link"
      onClick={() => set(other)}
      aria-label={`Switch to ${other} colors`}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} size={19} />
      <span>{other === 'dark' ? 'Dark' : 'Light'}</span>
    </button>
  );
}
