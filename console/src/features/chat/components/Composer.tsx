import { ArrowUpOutlined, CloseOutlined, PictureOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Input, Tooltip, Typography } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { stopAnswer } from '../api/answer';
import { picturesOf, type PictureRefusal } from '../model/pictures';
import type { Answer, Picture } from '../model/tree';

interface Props {
  busy: boolean;
  /** Whether one of the models sees pictures. */
  sees: boolean;
  answers: Answer[];
  onSend: (text: string, pictures: Picture[]) => void;
}

/** Where one writes. Enter sends, Shift+Enter breaks the line; Enter that chooses a word of an input method does neither. */
export function Composer({ busy, sees, answers, onSend }: Props) {
  const { t } = useTranslation('chat');
  const [text, setText] = useState('');
  const [pictures, setPictures] = useState<Picture[]>([]);
  const [refusal, setRefusal] = useState<PictureRefusal | 'blind' | null>(null);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const ready = !busy && (text.trim() !== '' || pictures.length > 0) && (sees || pictures.length === 0);

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
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };

  return (
    <div className="chat-composer">
      <div
        className={over ? 'chat-box chat-box-over' : 'chat-box'}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          void take(event.dataTransfer.files);
        }}
      >
        {pictures.length > 0 && (
          <ul className="chat-pictures" aria-label={t('pictures')}>
            {pictures.map((picture, index) => (
              <li key={index}>
                <img src={picture.url} alt={picture.name} />
                <Button size="small" shape="circle" icon={<CloseOutlined />} aria-label={t('removePicture', { name: picture.name })} onClick={() => setPictures((before) => before.filter((_, at) => at !== index))} />
              </li>
            ))}
          </ul>
        )}
        <Input.TextArea
          variant="borderless"
          autoFocus
          value={text}
          placeholder={t('placeholder')}
          aria-label={t('message')}
          autoSize={{ minRows: 1, maxRows: 10 }}
          onChange={(event) => setText(event.target.value)}
          onPaste={(event) => {
            if (event.clipboardData.files.length > 0) {
              event.preventDefault();
              void take(event.clipboardData.files);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              send();
            }
          }}
        />
        <div className="chat-box-actions">
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            multiple
            hidden
            onChange={(event) => {
              void take(event.target.files ?? []);
              event.target.value = '';
            }}
          />
          <Tooltip title={sees ? t('addPicture') : t('blind')}>
            <Button type="text" icon={<PictureOutlined />} aria-label={t('addPicture')} disabled={!sees} onClick={() => picker.current?.click()} />
          </Tooltip>
          <Typography.Text type="secondary" className="chat-hint">
            {t('keys')}
          </Typography.Text>
          {busy ? (
            <Button
              shape="circle"
              icon={<StopOutlined />}
              aria-label={t('stop')}
              onClick={() => answers.filter((answer) => answer.state === 'waiting' || answer.state === 'streaming').forEach((answer) => stopAnswer(answer.id))}
            />
          ) : (
            <Button type="primary" shape="circle" icon={<ArrowUpOutlined />} aria-label={t('send')} disabled={!ready} onClick={send} />
          )}
        </div>
      </div>
      {(refusal !== null || (!sees && pictures.length > 0)) && (
        <Typography.Text type="danger" role="alert">
          {t(`pictureRefusal.${refusal ?? 'blind'}`)}
        </Typography.Text>
      )}
    </div>
  );
}
