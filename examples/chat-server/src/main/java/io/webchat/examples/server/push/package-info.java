/** Web push: tells browsers of messages while the page is closed. */
@NullMarked
package io.webchat.examples.server.push;

import org.jspecify.annotations.NullMarked;
