import type * as Electron from 'electron'
import { refuseUnknownOfClass } from './unimplemented.ts'

type ItemOptions = Electron.MenuItemConstructorOptions

/** A menu item: what it says and what it does. Nothing draws it, and accelerators do nothing. */
class MenuItem {
  readonly id: string
  readonly type: NonNullable<ItemOptions['type']>
  readonly role: ItemOptions['role']
  readonly accelerator: ItemOptions['accelerator']
  readonly click: ItemOptions['click']
  readonly submenu: Menu | undefined
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean

  constructor(options: ItemOptions) {
    const { submenu } = options
    this.id = options.id ?? ''
    this.type = options.type ?? (submenu ? 'submenu' : 'normal')
    this.role = options.role
    this.accelerator = options.accelerator
    this.click = options.click
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined)
    this.label = options.label ?? ''
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
  }
}

/** A menu that is kept and can be asked, but not drawn. */
class Menu {
  private static application: Menu | null = null
  readonly items: MenuItem[] = []

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.application
  }

  static buildFromTemplate(template: readonly (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  // A pop-up menu that nobody sees is closed without a choice.
  popup(options: { callback?: () => void } = {}): void {
    options.callback?.()
  }
}

refuseUnknownOfClass('MenuItem', MenuItem)
refuseUnknownOfClass('Menu', Menu)

export { Menu, MenuItem }
