import type { VNode } from 'preact';

/** One column of a chart, its parts from the bottom up. */
export interface Column {
  label: string;
  parts: readonly number[];
}

const heightUnits = 100;
const columnUnits = 10;
const gapUnits = 2;
/** From the bottom up: what was done, and lighter what was not. */
const opacities = [1, 0.4];

/** Draws columns of numbers; a table beside it says the same for those who do not see it, so that its title is enough here. */
export const BarChart = ({
  id,
  title,
  columns,
}: {
  id: string;
  title: string;
  columns: readonly Column[];
}): VNode => {
  const most = Math.max(1, ...columns.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)));
  const width = Math.max(1, columns.length) * (columnUnits + gapUnits);
  return (
    <svg
      width="100%"
      height="120"
      viewBox={`0 0 ${width} ${heightUnits}`}
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{title}</title>
      {columns.map(({ label, parts }, i) => (
        <g key={label}>
          {parts.map((part, j) => {
            const below = parts.slice(0, j).reduce((sum, one) => sum + one, 0);
            return (
              <rect
                key={j}
                x={i * (columnUnits + gapUnits)}
                y={heightUnits - ((below + part) / most) * heightUnits}
                width={columnUnits}
                height={(part / most) * heightUnits}
                fill="currentColor"
                fill-opacity={opacities[j] ?? 1}
              />
            );
          })}
        </g>
      ))}
    </svg>
  );
};
