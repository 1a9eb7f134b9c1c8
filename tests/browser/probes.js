// What tests ask of a page. Playwright adds this script to every page; window.probes holds it.

window.probes = (() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)]
  const squeeze = (text) => text.replace(/\s+/g, '')
  const visible = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0

  // Colours of any notation become numbers through a canvas.
  let canvas = null
  const numbers = (colour) => {
    canvas ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const luminance = (rgb) => rgb.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const contrast = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (high + 0.05) / (low + 0.05)
  }
  const background = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const colour = numbers(getComputedStyle(up).backgroundColor)
      if (colour[3] === 255) return colour
    }
    return [255, 255, 255, 255]
  }
  const blend = (front, back, opacity) => {
    const share = opacity * front[3] / 255
    return front.slice(0, 3).map((part, at) => share * part + (1 - share) * back[at])
  }

  return {
    axe: (tags) => axe.run({
      runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] }),

    // The contrast of each text with its background.
    textContrast: (selectors) => selectors.map((selector) => {
      const e = document.querySelector(selector)
      const style = getComputedStyle(e)
      const front = numbers(e instanceof SVGElement ? style.fill : style.color)
      return [selector, contrast(front, background(e))]
    }),

    // The best contrast of each mark of a chart with its background, by class or paint.
    markContrast: () => {
      const marks = 'main figure svg :is(path, rect, line), main .swatch, main svg.shape'
      return all(marks).filter(visible).map((e) => {
        const style = getComputedStyle(e)
        const back = background(e.closest('svg')?.parentElement ?? e.parentElement)
        const paints = e.matches('.swatch') ? [style.backgroundColor]
          : [style.fill, style.stroke].filter((paint) => !/^(none|url)/.test(paint))
        const ratios = paints.map((paint) => contrast(blend(numbers(paint), back, Number(style.opacity)), back))
        const name = ['class', 'fill', 'stroke', 'opacity'].map((key) => e.getAttribute(key) ?? '').join(' ')
        return [`${e.localName} ${name}`, Math.max(...ratios)]
      })
    },

    // The contrast of each control's border or face with what lies around it. Browsers draw ranges.
    controlContrast: () => all('main :is(button, input, select, textarea), .colours')
      .filter(visible).filter((e) => e.type !== 'range').map((e) => {
        const style = getComputedStyle(e)
        const back = background(e.parentElement)
        const edge = parseFloat(style.borderTopWidth) > 0 ? contrast(numbers(style.borderTopColor), back) : 1
        const face = contrast(blend(numbers(style.backgroundColor), back, 1), back)
        // The button of the bar has no border; its sign is what one sees.
        const sign = e.matches('.colours') ? contrast(numbers(style.color), back) : 1
        return [`${e.tagName}.${e.className}`, Math.max(edge, face, sign)]
      }),

    // Marks that forced colours make invisible.
    faintMarks: () => {
      const canvasColour = getComputedStyle(document.body).backgroundColor
      return all('main svg :is(path, rect, line, .shape)').filter(visible).filter((e) => {
        const style = getComputedStyle(e)
        return style.fill === canvasColour && style.stroke === canvasColour
      }).map((e) => e.outerHTML.slice(0, 90))
    },

    // Elements that move although the reader asks for stillness.
    moving: () => all('*').filter((e) => {
      const style = getComputedStyle(e)
      const long = (value) => value.split(',').some((part) => parseFloat(part) > 0.01)
      return long(style.transitionDuration) || style.scrollBehavior === 'smooth'
        || (style.animationName !== 'none' && long(style.animationDuration))
    }).map((e) => `${e.tagName}.${e.className}`).concat(document.getAnimations().map(String)),

    // The element that has the focus, and what a keyboard user needs to know of it; null for none.
    focusStop: () => {
      const e = document.activeElement
      if (e === document.body) return null
      const box = e.getBoundingClientRect()
      const line = e.getClientRects()[0]
      const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2
      const hit = document.elementFromPoint(
        middle(line.left, line.right, innerWidth), middle(line.top, line.bottom, innerHeight))
      const style = getComputedStyle(e)
      const around = background(parseFloat(style.outlineOffset) >= 0 ? e.parentElement : e)
      const name = e.getAttribute('aria-label') || e.textContent || e.title || e.labels?.[0]?.textContent || ''
      return {
        what: `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`,
        named: name.trim() !== '',
        big: box.width > 0 && box.height > 0,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        uncovered: e === hit || e.contains(hit) || (hit?.contains(e) ?? false),
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        contrast: contrast(numbers(style.outlineColor), around) >= 3,
      }
    },

    // Every text with the language that it is tagged with.
    texts: () => {
      const found = []
      const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const e = walker.currentNode.parentElement
        if (e.closest('title, script, style, noscript, pre, code, textarea')) continue
        found.push([e.closest('[lang]').lang, walker.currentNode.textContent.trim()])
      }
      for (const e of all('[aria-label], [alt]'))
        found.push([e.closest('[lang]').lang, e.getAttribute('aria-label') || e.alt])
      return found.filter(([, text]) => text)
    },

    // Replace the page by a square of 20 pixels for the colour of each class.
    showColours: (names) => {
      const shown = names.map((name) => {
        const square = document.body.appendChild(document.createElement('i'))
        const isPart = name.startsWith('part')
        square.className = isPart ? `swatch swatch--${name}` : `key__sign key__sign--${name}`
        return [square, getComputedStyle(square)[isPart ? 'backgroundColor' : 'color']]
      })
      document.body.replaceChildren(...shown.map(([square, colour], at) => {
        square.className = ''
        Object.assign(square.style, {
          position: 'fixed', top: 0, left: `${at * 20}px`, width: '20px', height: '20px', background: colour })
        return square
      }))
    },

    // Whatever a window of this size cuts off, hides or lets scroll without a name.
    lost: () => {
      const found = []
      const wide = document.documentElement.scrollWidth
      if (wide > innerWidth + 1) found.push(`the page is ${wide} wide in ${innerWidth}`)
      const cuts = (style) => /hidden|clip/.test(style.overflowX + style.overflowY)
      const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY)
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const range = document.createRange()
      while (walker.nextNode()) {
        const node = walker.currentNode
        const e = node.parentElement
        if (!node.textContent.trim() || e.closest('script, style, noscript, [hidden], .skip, option')) continue
        if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
        range.selectNodeContents(node)
        const box = range.getBoundingClientRect()
        if (!box.width) continue
        const start = node.textContent.trim().slice(0, 40)
        let inside = false
        for (let up = e; up && up !== document.body; up = up.parentElement) {
          const style = getComputedStyle(up)
          if (scrolls(style)) { inside = true; break }
          const frame = up.getBoundingClientRect()
          if (cuts(style) && up.clientWidth && !up.closest('svg') && style.clipPath === 'none' &&
              (box.right > frame.right + 2 || box.bottom > frame.bottom + 2 || box.left < frame.left - 2))
            found.push(`cut: ${start} in ${up.className}`)
        }
        if (!inside && !e.closest('svg') && (box.right > innerWidth + 2 || box.left < -2))
          found.push(`outside: ${start} (${e.tagName}.${e.className})`)
      }
      for (const e of all('body *')) {
        if (!scrolls(getComputedStyle(e)) || e.scrollWidth <= e.clientWidth + 1) continue
        // The menu holds links, each of which takes the focus; browsers scroll text fields.
        if (e.matches('nav.pages, nav.pages *, textarea, select')) continue
        const named = e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby') ?? '')
        if (e.tabIndex !== 0 || !e.hasAttribute('role') || !named)
          found.push(`scrolls without a name or the keyboard: ${e.tagName}.${e.className}#${e.id}`)
      }
      return found
    },

    // Scroll to a block in the middle of the page; gives its id, its top and the scroll position.
    scrollToMiddle: () => {
      const blocks = all('main [id]').filter(
        (e) => !e.closest('svg, details') && e.getBoundingClientRect().height > 0)
      const top = (e) => e.getBoundingClientRect().top
      const middle = blocks[Math.floor(blocks.length / 2)]
      scrollTo({ top: top(middle) + scrollY - 60, behavior: 'instant' })
      const nearest = blocks.reduce((a, b) => Math.abs(top(b) - 60) < Math.abs(top(a) - 60) ? b : a)
      return [nearest.id, top(nearest), scrollY]
    },

    // The top of a block, and how far the page can still be scrolled.
    topOf: (id) => [
      document.getElementById(id).getBoundingClientRect().top,
      document.documentElement.scrollHeight - innerHeight - scrollY,
    ],

    // The sides of each pair of a bilingual page: language, left, top, bottom.
    sides: () => all('.pair').map((pair) => [...pair.children].map((side) => {
      const box = side.getBoundingClientRect()
      return [side.lang, box.left, box.top, box.bottom]
    })),

    // The text of every block of a bilingual page by its id, without white space.
    pairTexts: () => Object.fromEntries(all('.pair__one [id]').map((e) => [e.id, squeeze(e.textContent)])),

    // The ids of the blocks that can be translated in place.
    blocks: () => {
      const inside = (e) => [...e.children].flatMap((child) => {
        if (['ARTICLE', 'SECTION'].includes(child.tagName)) return inside(child)
        const isBlock = child.id && !child.id.startsWith('peek-') && !child.matches('[data-scripted], noscript')
        return isBlock ? [child.id] : []
      })
      return inside(document.querySelector('main'))
    },

    // The translations that stand open: id of the block, language, text, and how many ids they hold.
    translations: () => all('.peeked').map((e) =>
      [e.id.replace('peek-', ''), e.lang, squeeze(e.textContent), all('[id]', e).length]),

    typography: (selector) => {
      const style = getComputedStyle(document.querySelector(selector))
      return {
        family: style.fontFamily, style: style.fontStyle, autospace: style.textAutospace,
        line: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
        trim: style.textSpacingTrim, emphasis: style.textEmphasisStyle, breaking: style.lineBreak,
      }
    },

    // Collect every layout shift from now on, and those before.
    watchShifts: () => {
      window.shifts = []
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
        .observe({ type: 'layout-shift', buffered: true })
    },

    plant: (html, place) => document.querySelector('main').insertAdjacentHTML(place, html),
  }
})()
