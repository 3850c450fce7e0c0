import { HistoryOutlined } from '@ant-design/icons';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, Col, Form, Row, Skeleton, Space } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { PageHeader } from '@/components/PageHeader';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { asApiError } from '@/lib/errors';
import { isLost } from '@/lib/query';
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
  if (isLost(agent)) {
    return <ErrorState error={agent.error} retry={() => void agent.refetch()} list="/agents" />;
  }
  if (agent.data === undefined) {
    return <Skeleton active />;
  }
  return <SavedAgent key={agent.data.id} latest={agent.data} />;
}

/** The version that somebody began to change stays until they take a newer one: nothing typed is thrown away unasked. */
function SavedAgent({ latest }: { latest: Agent }) {
  const [begun, setBegun] = useState<Agent | null>(null);
  const agent = begun ?? latest;
  return (
    <AgentEditor
      key={agent.version}
      title={agent.name}
      agent={agent}
      initial={formOfAgent(agent)}
      latestVersion={latest.version}
      onTouched={() => setBegun(agent)}
      onLoad={() => setBegun(null)}
    />
  );
}

interface Props {
  title: string;
  /** As the form began with it; none for a new one. */
  agent?: Agent;
  initial: AgentForm;
  latestVersion?: number;
  onTouched?: () => void;
  /** Somebody wants the latest version in place of what is in the form. */
  onLoad?: () => void;
}

function AgentEditor({ title, agent, initial, latestVersion, onTouched, onLoad }: Props) {
  const { t } = useTranslation(['agent', 'common']);
  const { message } = App.useApp();
  const textOf = useErrorText();
  const navigate = useNavigate();
  const [form] = Form.useForm<AgentForm>();
  const [versions, setVersions] = useState(false);
  const dirty = useRef(false);
  const [over, setOver] = useState(agent?.version);
  const saving = useSaveAgent(agent?.id, over);
  const isOvertaken = latestVersion !== undefined && over !== undefined && latestVersion > over;

  const save = (values: AgentForm) =>
    saving.mutate(requestOf({ ...initial, ...values }, agent), {
      onSuccess: (saved) => {
        dirty.current = false;
        message.success(t('common:state.saved'));
        void navigate({ to: '/agents/$id', params: { id: saved.id } });
      },
    });
  const conflict = saving.isError && asApiError(saving.error).status === 412;

  return (
    <>
      <UnsavedGuard isDirty={() => dirty.current} />
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
      {isOvertaken && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('newer.title', { version: latestVersion })}
          description={
            <Space wrap>
              <Button size="small" onClick={onLoad}>
                {t('newer.take')}
              </Button>
              <Button size="small" onClick={() => setOver(latestVersion)}>
                {t('newer.keep')}
              </Button>
            </Space>
          }
        />
      )}
      {saving.isError && !conflict && <Alert type="error" showIcon style={{ marginBottom: 16 }} title={textOf(saving.error)} />}
      <Form<AgentForm>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={save}
        onValuesChange={() => {
          if (!dirty.current) {
            dirty.current = true;
            onTouched?.();
          }
        }}
        disabled={agent !== undefined && !agent.editable}
        scrollToFirstError
      >
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
      {agent !== undefined && <VersionsDrawer agent={agent} open={versions} onClose={() => setVersions(false)} onRestored={onLoad} />}
    </>
  );
}
