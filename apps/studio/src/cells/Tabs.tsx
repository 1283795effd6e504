import type { ComponentChildren, VNode } from "preact";

interface TabsProps<T extends string> {
  /** Ids of tabs and panels begin with it. */
  readonly id: string;
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly onChange: (value: T) => void;
}

/** A row of tabs: one of them takes the tab key, the arrow keys go round. */
export function Tabs<T extends string>({ id, label, value, options, onChange }: TabsProps<T>): VNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = options.length - 1;
    const at = options.findIndex(([option]) => option === value);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    const [option] = options[to]!;
    onChange(option);
    document.getElementById(`${id}-tab-${option}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {options.map(([option, text]) => (
        <button
          key={option}
          type="button"
          role="tab"
          id={`${id}-tab-${option}`}
          aria-selected={option === value}
          aria-controls={`${id}-panel-${option}`}
          tabIndex={option === value ? 0 : -1}
          onClick={() => onChange(option)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

interface PanelProps {
  readonly id: string;
  readonly option: string;
  readonly value: string;
  readonly children: ComponentChildren;
}

/** What a tab shows. */
export function Panel({ id, option, value, children }: PanelProps): VNode {
  return (
    <div role="tabpanel" id={`${id}-panel-${option}`} aria-labelledby={`${id}-tab-${option}`} hidden={option !== value}>
      {children}
    </div>
  );
}
