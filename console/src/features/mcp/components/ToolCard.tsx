import { App, Alert, Button, Card, Collapse, Flex, Switch, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { useDecideTools, type McpTool } from '../api/tools';

const COLOR = { off: 'default', allowed: 'success', changed: 'warning', gone: 'default', unusable: 'error' } as const;

function Words({ text }: { text: string }) {
  return (
    <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', margin: '8px 0 0' }} className="break-anywhere">
      {text}
    </Typography.Paragraph>
  );
}

function Schema({ schema }: { schema: unknown }) {
  return (
    <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap', margin: 0, maxHeight: 320, overflow: 'auto' }}>
      {JSON.stringify(schema, null, 2)}
    </pre>
  );
}

/** A tool as its server describes it, to be read and allowed; what was allowed stands beside what became of it. */
export function ToolCard({ server, tool }: { server: string; tool: McpTool }) {
  const { t } = useTranslation('mcp');
  const { message } = App.useApp();
  const textOf = useErrorText();
  const deciding = useDecideTools(server);
  const decide = (change: { allowed?: boolean; approval?: boolean }) =>
    deciding.mutate([{ name: tool.name, ...change, ...(change.allowed === true ? { fingerprint: tool.fingerprint } : {}) }], { onError: (error) => message.error(textOf(error)) });
  const readable = tool.state !== 'unusable' && tool.state !== 'gone';
  return (
    <Card size="small">
      <Flex justify="space-between" gap="8px 16px" wrap>
        <Flex vertical style={{ minWidth: 0, flex: '1 1 220px' }}>
          <Flex gap={8} align="center" wrap>
            <Typography.Text strong className="break-anywhere">
              {tool.title === '' ? tool.name : tool.title}
            </Typography.Text>
            <Tag color={COLOR[tool.state]} style={{ marginInlineEnd: 0 }}>
              {t(`tool.${tool.state}`)}
            </Tag>
          </Flex>
          <Typography.Text type="secondary" code className="break-anywhere" style={{ fontSize: 12 }}>
            {tool.model_name}
          </Typography.Text>
        </Flex>
        <Flex gap="8px 16px" align="center" wrap>
          {tool.allowed && (
            <label>
              <Switch size="small" checked={tool.approval} disabled={deciding.isPending} onChange={(approval) => decide({ approval })} /> {t('tool.approval')}
            </label>
          )}
          {(readable || tool.allowed) && tool.state !== 'changed' && (
            <label>
              <Switch size="small" checked={tool.allowed} loading={deciding.isPending} onChange={(allowed) => decide({ allowed })} /> {t('tool.allow')}
            </label>
          )}
        </Flex>
      </Flex>
      {tool.fault !== null && <Alert type="error" showIcon title={tool.fault} style={{ marginTop: 8 }} />}
      {tool.state === 'changed' && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 8 }}
          title={t('tool.changedTitle')}
          description={t('tool.changedText')}
          action={
            <Flex vertical gap={8}>
              <Button size="small" type="primary" loading={deciding.isPending} onClick={() => decide({ allowed: true })}>
                {t('tool.again')}
              </Button>
              <Button size="small" disabled={deciding.isPending} onClick={() => decide({ allowed: false })}>
                {t('tool.refuse')}
              </Button>
            </Flex>
          }
        />
      )}
      {tool.description !== '' && <Words text={tool.description} />}
      <Collapse
        ghost
        size="small"
        style={{ marginInline: -12 }}
        items={[
          ...(readable ? [{ key: 'schema', label: t('tool.schema'), children: <Schema schema={tool.schema} /> }] : []),
          ...(tool.was === null
            ? []
            : [
                {
                  key: 'was',
                  label: t('tool.was', { by: tool.allowed_by ?? '' }),
                  children: (
                    <>
                      <Words text={tool.was.description} />
                      <Schema schema={tool.was.schema} />
                    </>
                  ),
                },
              ]),
        ]}
      />
    </Card>
  );
}
