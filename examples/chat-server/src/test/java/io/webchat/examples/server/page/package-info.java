@NullMarked
package io.webchat.examples.server.page;

import org.jspecify.annotations.NullMarked;
