/**
 * A fake LLM provider on a real socket. It speaks OpenAI's chat format as the real one does, misbehaves on cue down to
 * the single byte, and keeps an exact ledger of what it served, against which usage records are checked. Start at
 * {@link dev.jarvis.testkit.provider.ScriptedProvider}; what it can be told is in
 * {@link dev.jarvis.testkit.provider.Step} and, ready-made, in {@link dev.jarvis.testkit.provider.Scripts}.
 */
@NullMarked
package dev.jarvis.testkit.provider;

import org.jspecify.annotations.NullMarked;
