import { Drawer, Grid } from 'antd';
import type { ReactNode } from 'react';
import './talk.css';

interface Props {
  /** What the list at the side is called. */
  label: string;
  list: ReactNode;
  /** Only on a phone, where the list lies over the page. */
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function useIsPhone(): boolean {
  return Grid.useBreakpoint().md === false;
}

/** A page to talk on, as high as the window: conversations at the side, the open one beside them. */
export function TalkFrame({ label, list, open, onClose, children }: Props) {
  const phone = useIsPhone();
  return (
    <div className="talk">
      {phone ? (
        <Drawer open={open} onClose={onClose} placement="left" size={300} title={label}>
          {list}
        </Drawer>
      ) : (
        <aside className="talk-aside" aria-label={label}>
          {list}
        </aside>
      )}
      {children}
    </div>
  );
}
