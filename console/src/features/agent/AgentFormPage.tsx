import { HistoryOutlined } from '@ant-design/icons';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, Col, Form, Row, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { asApiError } from '@/lib/errors';
import { useAgent, useAgentExamples, useSaveAgent, type Agent } from './api/agents';
import { BehaviourSection } from './components/BehaviourSection';
import { LimitsSection } from './components/LimitsSection';
import { ModelSection } from './components/ModelSection';
import { Preview } from './components/Preview';
import { ProfileSection } from './components/ProfileSection';
import { ToolsSection } from './components/ToolsSection';
import { VersionsDrawer } from './components/VersionsDrawer';
import { EMPTY, formOfAgent, formOfExample, requestOf, type AgentForm } from './model/form';

const newRoute = getRouteApi('/app/agents/new');
const editRoute = getRouteApi('/app/agents/$id/edit');

export function NewAgentPage() {
  const { t, i18n } = useTranslation('agent');
  const { example } = newRoute.useSearch();
  const examples = useAgentExamples();
  const chosen = examples.data?.find(({ key }) => key === example);
  if (example !== undefined && examples.isPending) {
    return <Skeleton active />;
  }
  return <AgentEditor key={example ?? ''} title={t('newTitle')} initial={chosen === undefined ? EMPTY : formOfExample(chosen, i18n.language === 'zh')} />;
}

export function EditAgentPage() {
  const { id } = editRoute.useParams();
  const agent = useAgent(id);
  if (agent.isError) {
    return <ErrorState error={agent.error} retry={() => void agent.refetch()} list="/agents" />;
  }
  if (agent.data === undefined) {
    return <Skeleton active />;
  }
  return <AgentEditor key={`${agent.data.id}-${agent.data.version}`} title={agent.data.name} agent={agent.data} initial={formOfAgent(agent.data)} />;
}

function AgentEditor({ title, agent, initial }: { title: string; agent?: Agent; initial: AgentForm }) {
  const { t } = useTranslation(['agent', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const [form] = Form.useForm<AgentForm>();
  const [versions, setVersions] = useState(false);
  const saving = useSaveAgent(agent?.id, agent?.version);

  const save = (values: AgentForm) =>
    saving.mutate(requestOf({ ...initial, ...values }, agent), {
      onSuccess: (saved) => {
        message.success(t('common:state.saved'));
        void navigate({ to: '/agents/$id', params: { id: saved.id } });
      },
    });
  const conflict = saving.isError && asApiError(saving.error).status === 412;

  return (
    <>
      <PageHeader
        title={title}
        description={t('formLead')}
        actions={
          <>
            {agent !== undefined && (
              <Button icon={<HistoryOutlined />} onClick={() => setVersions(true)}>
                {t('versions.button', { version: agent.version })}
              </Button>
            )}
            <Button type="primary" loading={saving.isPending} onClick={() => form.submit()}>
              {agent === undefined ? t('common:action.create') : t('common:action.save')}
            </Button>
          </>
        }
      />
      {saving.isError && (
        <Alert type="error" showIcon style={{ marginBottom: 16 }} title={conflict ? t('conflict') : textOf(saving.error)} />
      )}
      <Form<AgentForm> form={form} layout="vertical" initialValues={initial} onFinish={save} disabled={agent !== undefined && !agent.editable} scrollToFirstError>
        <Row gutter={[24, 0]}>
          <Col xs={24} xl={15}>
            <ProfileSection />
            <ModelSection />
            <BehaviourSection />
            <ToolsSection self={agent?.id} />
            <LimitsSection />
          </Col>
          <Col xs={24} xl={9}>
            <Preview />
          </Col>
        </Row>
      </Form>
      {agent !== undefined && <VersionsDrawer agent={agent} open={versions} onClose={() => setVersions(false)} />}
    </>
  );
}
