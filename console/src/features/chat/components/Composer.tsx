import { CloseOutlined, PictureOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageBox } from '@/components/talk/MessageBox';
import { useDraft } from '@/lib/draft';
import { stopAnswer } from '../api/answer';
import { picturesOf, type PictureRefusal } from '../model/pictures';
import type { Answer, Picture } from '../model/tree';

interface Props {
  conversationId: string;
  busy: boolean;
  /** Whether one of the models sees pictures. */
  sees: boolean;
  answers: Answer[];
  onSend: (text: string, pictures: Picture[]) => void;
}

/** What one says next, with pictures for models that see. */
export function Composer({ conversationId, busy, sees, answers, onSend }: Props) {
  const { t } = useTranslation('chat');
  const [text, setText] = useDraft(conversationId);
  const [pictures, setPictures] = useState<Picture[]>([]);
  const [refusal, setRefusal] = useState<PictureRefusal | 'blind' | null>(null);
  const ready = !busy && (text.trim() !== '' || pictures.length > 0) && (sees || pictures.length === 0);
  const refused = refusal ?? (!sees && pictures.length > 0 ? 'blind' : null);

  const send = () => {
    if (ready) {
      onSend(text.trim(), pictures);
      setText('');
      setPictures([]);
      setRefusal(null);
    }
  };
  const take = async (files: Iterable<File>) => {
    const given = [...files];
    if (given.length === 0) {
      return;
    }
    if (!sees) {
      setRefusal('blind');
      return;
    }
    const taken = await picturesOf(given, pictures.length);
    setPictures((before) => [...before, ...taken.pictures]);
    setRefusal(taken.refusal);
  };
  return (
    <MessageBox
      text={text}
      onText={setText}
      ready={ready}
      busy={busy}
      onSend={send}
      onStop={() => answers.filter((answer) => answer.state === 'waiting' || answer.state === 'streaming').forEach((answer) => stopAnswer(answer.id))}
      attach={{
        icon: <PictureOutlined />,
        label: t('addPicture'),
        help: sees ? t('addPicture') : t('blind'),
        accept: 'image/png,image/jpeg,image/gif,image/webp',
        disabled: !sees,
        onFiles: (files) => void take(files),
      }}
      attached={
        pictures.length > 0 && (
          <ul className="chat-pictures" aria-label={t('pictures')}>
            {pictures.map((picture, index) => (
              <li key={index}>
                <img src={picture.url} alt={picture.name} />
                <Button size="small" shape="circle" icon={<CloseOutlined />} aria-label={t('removePicture', { name: picture.name })} onClick={() => setPictures((before) => before.filter((_, at) => at !== index))} />
              </li>
            ))}
          </ul>
        )
      }
      refusal={refused === null ? null : t(`pictureRefusal.${refused}`)}
    />
  );
}
