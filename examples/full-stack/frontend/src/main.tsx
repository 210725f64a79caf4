import { mount } from './mount';
import { setting } from './settings';
import './style.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app"');
document.title = setting('VITE_APP_TITLE', document.title);
mount(target);
