import { App, Button, Drawer, Flex, List, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import type { Agent } from '../api/agents';
import { useRestoreVersion, useVersionDiff, useVersions } from '../api/versions';

function shown(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '–' : JSON.stringify(value, null, 2);
}

/** What changed between a version and the one in use. */
function Difference({ agent, version }: { agent: string; version: number }) {
  const { t } = useTranslation('agent');
  const diff = useVersionDiff(agent, version);
  if (diff.isError) {
    return <ErrorState error={diff.error} />;
  }
  if (diff.data?.length === 0) {
    return <Typography.Text type="secondary">{t('versions.same')}</Typography.Text>;
  }
  return (
    <Flex vertical gap={12}>
      {diff.data?.map((change) => (
        <div key={change.field}>
          <Typography.Text code>{change.field}</Typography.Text>
          <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap', marginTop: 4 }}>
            <del>{shown(change.before)}</del>
            {'\n'}
            <ins>{shown(change.after)}</ins>
          </pre>
        </div>
      ))}
    </Flex>
  );
}

/** Every version that an agent had; to go back makes a new one of an old. */
export function VersionsDrawer({ agent, open, onClose, onRestored }: { agent: Agent; open: boolean; onClose: () => void; onRestored: (() => void) | undefined }) {
  const { t } = useTranslation('agent');
  const { message } = App.useApp();
  const format = useFormat();
  const textOf = useErrorText();
  const versions = useVersions(agent.id);
  const restoring = useRestoreVersion(agent.id);
  const [looking, setLooking] = useState<number | null>(null);
  return (
    <Drawer title={t('versions.title')} open={open} onClose={onClose} size={520}>
      {isLost(versions) && <ErrorState error={versions.error} />}
      <List
        loading={versions.isPending}
        dataSource={versions.data?.data ?? []}
        rowKey="version"
        renderItem={(item) => (
          <List.Item style={{ display: 'block' }}>
            <Flex justify="space-between" align="center" gap={8} wrap>
              <span>
                <Typography.Text strong>{t('versions.number', { version: item.version })}</Typography.Text> {item.version === agent.version && <Tag color="success">{t('versions.current')}</Tag>}
                <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
                  {format.time(item.created_at)}
                </Typography.Text>
              </span>
              {item.version !== agent.version && (
                <span>
                  <Button size="small" onClick={() => setLooking(looking === item.version ? null : item.version)}>
                    {t('versions.compare')}
                  </Button>{' '}
                  {agent.editable && (
                    <Button
                      size="small"
                      loading={restoring.isPending && restoring.variables === item.version}
                      onClick={() =>
                        restoring.mutate(item.version, {
                          onSuccess: () => {
                            onRestored?.();
                            onClose();
                          },
                          onError: (error) => message.error(textOf(error)),
                        })
                      }
                    >
                      {t('versions.restore')}
                    </Button>
                  )}
                </span>
              )}
            </Flex>
            {looking === item.version && (
              <div style={{ marginTop: 12 }}>
                <Difference agent={agent.id} version={item.version} />
              </div>
            )}
          </List.Item>
        )}
      />
    </Drawer>
  );
}
