/**
 * Models and their provider keys, as administrators keep them: {@code /api/v1/llm-models}. Start at
 * {@link dev.jarvis.control.model.ModelEndpoint} (HTTP) and {@link dev.jarvis.control.model.Models} (what happens); the
 * gateway learns of changes through the tables of migrations/004 and their notices. A key's value goes in and never
 * comes out: it is sealed by the vault, bound to its row, and only its last four characters are shown.
 */
@NullMarked
package dev.jarvis.control.model;

import org.jspecify.annotations.NullMarked;
