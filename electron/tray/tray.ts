// The icon in the system's tray: its picture, its words and its menu follow the engine, at most ten times a second, and only where
// something of them is different.
import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import path from 'node:path';
import type { Clock, Timer } from '../../shared/model/clock.ts';
import { unknownEngine, type EngineView } from './engine-view.ts';
import { menuModel, type TrayAction } from './menu-model.ts';
import { menuTemplate } from './menu-template.ts';
import { trayIcon } from './tray-icon.ts';
import { countsText, trayState, type TrayState } from './tray-state.ts';

export interface EngineTray {
  show(view: EngineView): void;
}

export interface EngineTrayOptions {
  readonly clock: Clock;
  readonly icons: string;
  readonly parallelism: number;
  readonly act: (action: TrayAction) => void;
}

const pauseMs = 100;

export function createEngineTray({ clock, icons, parallelism, act }: EngineTrayOptions): EngineTray {
  const pictures = new Map<TrayState, NativeImage>();
  const tray = new Tray(picture('gone'));
  let view = unknownEngine;
  let drawn = { state: 'gone' as TrayState, words: '', menu: '' };
  let pausing: Timer | null = null;
  let stale = false;

  function picture(state: TrayState): NativeImage {
    const known = pictures.get(state);
    if (known !== undefined) return known;
    const { file, template } = trayIcon(state, process.platform);
    const made = nativeImage.createFromPath(path.join(icons, file));
    if (template) made.setTemplateImage(true);
    pictures.set(state, made);
    return made;
  }

  function draw(): void {
    stale = false;
    pausing = clock.after(pauseMs, () => {
      pausing = null;
      if (stale) draw();
    });
    const state = trayState(view);
    const words = `TSPM: ${countsText(view)}`;
    const model = menuModel(view, { parallelism });
    const menu = JSON.stringify(model);
    if (state !== drawn.state) tray.setImage(picture(state));
    if (words !== drawn.words) tray.setToolTip(words);
    // On Linux a menu is shown as it was given; a change of it is not seen.
    if (menu !== drawn.menu) tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(model, act)));
    drawn = { state, words, menu };
  }

  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', () => act({ type: 'open', process: null, section: 'overview' }));
  draw();
  return {
    show(next) {
      view = next;
      stale = true;
      if (pausing === null) draw();
    },
  };
}
