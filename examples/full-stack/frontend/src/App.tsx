import { panels } from './panels';
import { setting } from './settings';

export function App() {
  return (
    <>
      <header>
        <h1>{setting('VITE_APP_TITLE', 'Frontend')}</h1>
        <p>Edit <code>src/App.tsx</code> and save: this page follows, and keeps its state.</p>
      </header>
      <main>
        {panels.map((Panel) => <Panel key={Panel.name} />)}
      </main>
    </>
  );
}
