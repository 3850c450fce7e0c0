import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChangeConversation, type Message } from '../api/conversations';
import { newestLeaf, siblingsOf } from '../model/branch';

/** Where a message was changed or asked again: steps through its versions. */
export function Siblings({ message, messages, conversationId, busy }: { message: Message; messages: Message[]; conversationId: string; busy: boolean }) {
  const { t } = useTranslation('agent');
  const changing = useChangeConversation();
  const siblings = siblingsOf(messages, message);
  const index = siblings.findIndex(({ id }) => id === message.id);
  if (siblings.length < 2) {
    return null;
  }
  const show = (at: number) => {
    const chosen = siblings[at];
    if (chosen !== undefined) {
      changing.mutate({ id: conversationId, head_id: newestLeaf(messages, chosen).id });
    }
  };
  return (
    <span>
      <Button type="text" size="small" icon={<LeftOutlined />} disabled={busy || index === 0} aria-label={t('versionBefore')} onClick={() => show(index - 1)} />
      <Typography.Text type="secondary" className="numbers">
        {index + 1}/{siblings.length}
      </Typography.Text>
      <Button type="text" size="small" icon={<RightOutlined />} disabled={busy || index === siblings.length - 1} aria-label={t('versionAfter')} onClick={() => show(index + 1)} />
    </span>
  );
}
