/** Tools for asynchronous work without locks: serial mailboxes, ordered sends, deadlines, bounded parallel calls. */
@NullMarked
package io.webchat.core.internal.async;

import org.jspecify.annotations.NullMarked;
