import { Flex, Tag, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { McpServer } from '../api/servers';

const COLOR = { new: 'default', ok: 'success', failed: 'error' } as const;

/** Whether the server answered when it was asked last, and otherwise why not. */
export function StateTag({ server }: { server: McpServer }) {
  const { t } = useTranslation('mcp');
  const format = useFormat();
  return (
    <Flex vertical gap={2} align="start">
      <Tooltip title={server.checked_at === null ? undefined : t('checked', { when: format.time(server.checked_at) })}>
        <Tag color={COLOR[server.state]} style={{ marginInlineEnd: 0 }}>
          {t(`state.${server.state}`)}
        </Tag>
      </Tooltip>
      {server.error !== null && (
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {t(`error.${server.error.code}`, { defaultValue: server.error.message })}
        </Typography.Text>
      )}
    </Flex>
  );
}
