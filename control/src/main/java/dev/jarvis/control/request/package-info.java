/** What the endpoints of the control plane read from requests in the same way: fields, ids, pages. */
@NullMarked
package dev.jarvis.control.request;

import org.jspecify.annotations.NullMarked;
