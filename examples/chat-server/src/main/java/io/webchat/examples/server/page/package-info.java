/** The web page: its files, put together so that a browser needs few of them, and the headers that guard it. */
@NullMarked
package io.webchat.examples.server.page;

import org.jspecify.annotations.NullMarked;
