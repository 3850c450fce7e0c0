import { DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Near enough to the end to follow it. */
const NEAR_PX = 80;

interface Props {
  busy: boolean;
  /** Whether anything was said yet. */
  empty: boolean;
  /** Changes with each new message: then the end is shown, wherever one was reading. */
  last: string | undefined;
  /** Changes when older messages come in above: then what one is reading stays where it is. */
  first?: string | undefined;
  wide?: boolean;
  children: ReactNode;
}

/** What was said. Follows the end while it grows, unless the person scrolled up to read. */
export function FollowingLog({ busy, empty, last, first, wide = false, children }: Props) {
  const { t } = useTranslation('talk');
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const height = useRef(0);
  const [away, setAway] = useState(false);

  const toEnd = () => {
    following.current = true;
    setAway(false);
    if (scroller.current !== null) {
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  };
  useLayoutEffect(() => {
    if (scroller.current !== null && !following.current) {
      scroller.current.scrollTop += scroller.current.scrollHeight - height.current;
    }
  }, [first]);
  useLayoutEffect(() => {
    height.current = scroller.current?.scrollHeight ?? 0;
  });
  useEffect(toEnd, [last]);
  useEffect(() => {
    if (content.current === null) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      height.current = scroller.current?.scrollHeight ?? 0;
      if (following.current && scroller.current !== null) {
        scroller.current.scrollTop = scroller.current.scrollHeight;
      }
    });
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div className="talk-log-frame">
      <div
        ref={scroller}
        className="talk-log"
        role="log"
        aria-label={t('messages')}
        aria-busy={busy}
        aria-live="off"
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          following.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < NEAR_PX;
          setAway(!following.current);
        }}
      >
        <div ref={content} className={wide ? 'talk-content talk-content-wide' : 'talk-content'}>
          {children}
        </div>
      </div>
      {away && <Button className="talk-to-end" shape="circle" icon={<DownOutlined />} aria-label={t('toEnd')} onClick={toEnd} />}
      <span className="visually-hidden" role="status">
        {busy ? t('answering') : empty ? '' : t('answered')}
      </span>
    </div>
  );
}
