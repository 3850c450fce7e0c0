import { Card, Flex, Form, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AgentForm } from '../model/form';
import { filledIn, mcpToolOf } from '../model/form';
import { AgentIcon } from './AgentIcon';

/** How the agent will look and what the model will be told, while it is being written. */
export function Preview() {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance<AgentForm>();
  const values = Form.useWatch((all: AgentForm) => all, form);
  if (values === undefined) {
    return null;
  }
  const instructions = filledIn(values.instructions ?? '', (values.variables ?? []).filter((variable) => variable !== undefined));
  const tools = [...(values.builtins ?? []).map((name) => t(`builtin.${name}`)), ...(values.mcpTools ?? []).map((key) => mcpToolOf(key).name ?? t('mcp.all'))];
  return (
    <Card title={<h2 className="card-title">{t('preview.title')}</h2>} style={{ position: 'sticky', top: 76, marginBottom: 16 }}>
      <Flex gap={12}>
        <AgentIcon icon={values.icon ?? ''} />
        <div style={{ minWidth: 0 }}>
          <Typography.Text strong className="break-anywhere">
            {values.name === undefined || values.name === '' ? t('preview.unnamed') : values.name}
          </Typography.Text>
          <Typography.Paragraph type="secondary" ellipsis={{ rows: 3 }} style={{ margin: 0 }}>
            {values.description}
          </Typography.Paragraph>
        </div>
      </Flex>
      <Flex gap={4} wrap style={{ marginTop: 12 }}>
        {values.modelId !== undefined && <Tag color="processing">{values.modelId}</Tag>}
        {tools.map((tool) => (
          <Tag key={tool}>{tool}</Tag>
        ))}
      </Flex>
      <Typography.Paragraph strong style={{ margin: '16px 0 6px' }}>
        {t('preview.told')}
      </Typography.Paragraph>
      <pre className="code-block break-anywhere" style={{ whiteSpace: 'pre-wrap', maxHeight: 360, overflow: 'auto' }}>
        {instructions === '' ? t('preview.nothing') : instructions}
      </pre>
    </Card>
  );
}
