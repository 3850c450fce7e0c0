import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { IconAction } from './IconAction';
import { useTranslation } from 'react-i18next';

/** Goes through the versions of a question or an answer; nothing where there is only one. */
export function Versions({ count, at, label, onShow }: { count: number; at: number; label: string; onShow: (at: number) => void }) {
  const { t } = useTranslation('chat');
  return count < 2 ? null : (
    <span className="chat-versions" role="group" aria-label={label}>
      <IconAction icon={<LeftOutlined />} label={t('before')} disabled={at <= 0} onClick={() => onShow(at - 1)} />
      <span className="numbers">
        {at + 1}/{count}
      </span>
      <IconAction icon={<RightOutlined />} label={t('after')} disabled={at >= count - 1} onClick={() => onShow(at + 1)} />
    </span>
  );
}
