/** What the reader's application has already, where a page speaks of it. */
@NullMarked
package io.webchat.examples.docs.given;

import org.jspecify.annotations.NullMarked;
