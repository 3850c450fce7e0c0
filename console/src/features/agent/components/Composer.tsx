import { PaperClipOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '@/components/ErrorState';
import { FileChips } from '@/components/FileChips';
import { MessageBox } from '@/components/talk/MessageBox';
import { useDraft } from '@/lib/draft';
import { shownSize } from '@/lib/size';
import type { Agent } from '../api/agents';
import { kindOf } from '../model/uploads';
import { useUploads } from '../model/useUploads';
import { VariableInputs } from './VariableInputs';

export interface Draft {
  text: string;
  variables: { name: string; value: string }[];
  attachment_ids: string[];
}

interface Props {
  /** The conversation, or the agent that one begins with: what is typed there stays there. */
  place: string;
  /** What the agent's instructions want to know before the first message. */
  variables: Agent['variables'];
  busy: boolean;
  /** Whether it was taken; else the draft stays. */
  onSend: (draft: Draft) => Promise<boolean>;
  onStop: (() => void) | undefined;
}

/** What one says next, with files that the agent is to read. */
export function Composer({ place, variables, busy, onSend, onStop }: Props) {
  const { t } = useTranslation('agent');
  const textOf = useErrorText();
  const [text, setText] = useDraft(place);
  const [values, setValues] = useState<Record<string, string>>({});
  const files = useUploads();
  const ready = !busy && files.ready && (text.trim() !== '' || files.uploads.length > 0);

  const send = async () => {
    if (!ready) {
      return;
    }
    const filled = variables.filter(({ name }) => (values[name] ?? '') !== '').map(({ name }) => ({ name, value: values[name] ?? '' }));
    const attachments = files.uploads.flatMap(({ attachment }) => (attachment === null ? [] : [attachment.id]));
    if (await onSend({ text, variables: filled, attachment_ids: attachments })) {
      setText('');
      files.clear();
    }
  };
  return (
    <MessageBox
      text={text}
      onText={setText}
      ready={ready}
      busy={busy}
      onSend={() => void send()}
      onStop={onStop}
      before={<VariableInputs variables={variables} values={values} onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))} />}
      attach={{ icon: <PaperClipOutlined />, label: t('attach'), help: t('attachHelp'), onFiles: (chosen) => void files.add(chosen) }}
      attached={
        <FileChips
          label={t('files')}
          files={files.uploads.map((upload) => ({
            key: upload.key,
            name: upload.file.name,
            size: upload.file.size,
            kind: kindOf(upload),
            preview: files.preview(upload.key),
            progress: upload.attachment === null && upload.error === null ? upload.progress : undefined,
            failed: upload.error !== null,
            note: upload.error !== null ? textOf(upload.error) : upload.attachment?.truncated === true ? t('fileTruncated') : undefined,
          }))}
          onRemove={files.remove}
        />
      }
      refusal={files.refusal === null ? null : t(`fileRefusal.${files.refusal}`, { files: files.limits?.message_files, size: shownSize(files.limits?.file_bytes ?? 0) })}
    />
  );
}
