// Puts the dashboard on the page, and lets it open without the server too.
import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { App } from './app.tsx';
import './style/base.css';
import './style/list.css';
import './style/fleet.css';
import './style/events.css';
import './style/quality.css';
import './style/sensor.css';
import './style/annotations.css';
import './style/print.css';

const target = document.getElementById('app')!;
target.replaceChildren();
render(<App />, target);

// The page opens without the server too, and then says so; only secure addresses and this machine may do that.
// What it keeps for then is loaded when the first view has long been shown.
const keepAfterMs = 4_000;
if ('serviceWorker' in navigator) {
  setTimeout(() => {
    navigator.serviceWorker.register('/offline.js').catch((error: unknown) => {
      console.warn('The page will not open without the server.', error);
    });
  }, keepAfterMs);
}
