import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { App } from './app.tsx';
import './style/base.css';
import './style/list.css';
import './style/fleet.css';
import './style/sensor.css';

const target = document.getElementById('app')!;
target.replaceChildren();
render(<App />, target);
