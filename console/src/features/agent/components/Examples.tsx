import { Link } from '@tanstack/react-router';
import { Card, Col, Flex, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAgentExamples } from '../api/agents';
import { AgentIcon } from './AgentIcon';

/** Ready-made agents to begin with. */
export function Examples() {
  const { t, i18n } = useTranslation('agent');
  const examples = useAgentExamples();
  if (examples.data === undefined) {
    return null;
  }
  const zh = i18n.language === 'zh';
  return (
    <section style={{ marginTop: 32 }}>
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {t('examples')}
      </Typography.Title>
      <Row gutter={[16, 16]}>
        {examples.data.map((example) => (
          <Col key={example.key} xs={24} sm={12} xl={6}>
            <Link to="/agents/new" search={{ example: example.key }} style={{ color: 'inherit' }}>
              <Card hoverable size="small" style={{ height: '100%' }}>
                <Flex gap={12}>
                  <AgentIcon icon={example.icon} size={36} />
                  <div>
                    <Typography.Text strong>{zh ? example.name_zh : example.name}</Typography.Text>
                    <Typography.Paragraph type="secondary" style={{ margin: 0, fontSize: 13 }}>
                      {zh ? example.description_zh : example.description}
                    </Typography.Paragraph>
                  </div>
                </Flex>
              </Card>
            </Link>
          </Col>
        ))}
      </Row>
    </section>
  );
}
