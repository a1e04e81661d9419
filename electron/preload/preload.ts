// Runs sandboxed in every window, before its page: gives the page the bridge and nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld('tspm', createBridge(ipcRenderer));
