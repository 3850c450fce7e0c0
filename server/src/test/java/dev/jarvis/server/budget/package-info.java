/** Budgets as callers meet them, over HTTP. */
@NullMarked
package dev.jarvis.server.budget;

import org.jspecify.annotations.NullMarked;
