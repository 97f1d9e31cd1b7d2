import type { FieldProps } from './fields.tsx';

export type ColorFieldProps = FieldProps & { colors: readonly { value: string; label: string }[] };

/** Value: one of the given colors; each has a name, since color alone says nothing to some. */
export function ColorField({ form, path, label, colors }: ColorFieldProps) {
  return (
    <fieldset className="ui-colors">
      <legend className="ui-field-label">{label}</legend>
      {colors.map((color) => (
        <label key={color.value} title={color.label}>
          <input
            type="radio"
            name={`${form.id}-${path}`}
            data-form={form.id}
            data-path={path}
            aria-label={color.label}
            checked={form.get(path) === color.value}
            onChange={() => form.set(path, color.value)}
          />
          <i style={{ background: color.value }} />
        </label>
      ))}
    </fieldset>
  );
}
