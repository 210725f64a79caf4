import { health, summaryOf } from './api/health';
import { useStore } from './useStore';

/** Whether the backend and what it depends on work. */
export function HealthPanel() {
  const current = useStore(health);
  return (
    <section aria-labelledby="health">
      <h2 id="health">Health</h2>
      <p role="status" className={`summary ${current.state}`}>{summaryOf(current)}</p>
      {current.parts.length > 0 && (
        <dl className="parts">
          {current.parts.map(({ name, status, works }) => (
            <div key={name} className={works ? 'works' : 'fails'}>
              <dt>{name}</dt>
              <dd>{status}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
